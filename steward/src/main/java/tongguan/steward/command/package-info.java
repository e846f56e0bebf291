/**
 * Commands of the platform: held stream, signature, number, effect, and the answer until it was
 * taken.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.command;
