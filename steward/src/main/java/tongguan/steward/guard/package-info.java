/** When the device is locked, when it may be open, and what silence of the platform leads to. */
@org.jspecify.annotations.NullMarked
package tongguan.steward.guard;
