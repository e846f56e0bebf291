/**
 * Bonded checks 保稅查核: planned with book figures, counted on the spot, closed with a signature and a
 * report.
 */
@org.jspecify.annotations.NullMarked
package tongguan.bonded;
