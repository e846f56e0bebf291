/**
 * Work without a network (艦艇, 訊號死角): what is taken along, and what was done meanwhile and comes in
 * later.
 */
@org.jspecify.annotations.NullMarked
package tongguan.field;
