/**
 * What the steward says of the machine: heartbeat, measures, diagnostics, and whether its files are
 * whole.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.report;
