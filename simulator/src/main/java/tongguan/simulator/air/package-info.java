/** Flights and the parcels on them. */
@org.jspecify.annotations.NullMarked
package tongguan.simulator.air;
