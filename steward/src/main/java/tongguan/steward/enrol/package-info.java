/** How a device comes to its key and its certificate, and keeps them fresh. */
@org.jspecify.annotations.NullMarked
package tongguan.steward.enrol;
