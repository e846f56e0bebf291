/** Officers' work lists: what waits for whom, and until when. */
@org.jspecify.annotations.NullMarked
package tongguan.clearance.work;
