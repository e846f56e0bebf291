/**
 * What the device keeps for itself: sealed, and destroyed in an order that a power cut cannot turn.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.store;
