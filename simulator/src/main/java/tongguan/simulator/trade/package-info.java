/** Who trades what, and the numbers and names that the trade gives to things; all of it made up. */
@org.jspecify.annotations.NullMarked
package tongguan.simulator.trade;
