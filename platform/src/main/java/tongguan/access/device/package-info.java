/** The officers' side of devices and SIMs: lists, hand-overs, loans, losses, and many at a time. */
@org.jspecify.annotations.NullMarked
package tongguan.access.device;
