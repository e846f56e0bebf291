/**
 * What shuts and opens the machine's interfaces: one small contract, one file for each kind. What a
 * machine lacks is reported as absent, never as locked.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.control;
