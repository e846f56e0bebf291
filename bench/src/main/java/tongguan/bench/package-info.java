/** Measurements on the machine at hand: the platform beside the raw database, in one run. */
@org.jspecify.annotations.NullMarked
package tongguan.bench;
