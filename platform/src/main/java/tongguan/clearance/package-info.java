/** The clearance of a declaration as a process: which act may come next, by whom, and why not. */
@org.jspecify.annotations.NullMarked
package tongguan.clearance;
