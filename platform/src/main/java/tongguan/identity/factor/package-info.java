/** Second factors: codes by time, and recovery codes. */
@org.jspecify.annotations.NullMarked
package tongguan.identity.factor;
