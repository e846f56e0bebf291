/**
 * Stand-ins for what a test machine lacks: a platform that speaks the contract, a kernel behind a
 * tree of files, services on a bus of the test's own, a machine's network. None of them is the real
 * thing, and each says so.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.peer;
