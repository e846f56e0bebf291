/**
 * The linked records of customs: voyages, bills, containers, movements, declarations and what
 * happened to them.
 */
@org.jspecify.annotations.NullMarked
package tongguan.record;
