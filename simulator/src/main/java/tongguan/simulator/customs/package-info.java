/** Declarations on their way through customs, and what customs answers. */
@org.jspecify.annotations.NullMarked
package tongguan.simulator.customs;
