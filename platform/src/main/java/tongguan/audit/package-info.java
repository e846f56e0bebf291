/** The record of who did what, which nobody can quietly change. */
@org.jspecify.annotations.NullMarked
package tongguan.audit;
