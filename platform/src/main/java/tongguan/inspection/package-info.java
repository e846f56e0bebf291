/** Batches of scanned goods: looked up, flagged for inspection (注檢) and handed over in seconds. */
@org.jspecify.annotations.NullMarked
package tongguan.inspection;
