/** How messages look on the wire, and where they are written. */
@org.jspecify.annotations.NullMarked
package tongguan.simulator.wire;
