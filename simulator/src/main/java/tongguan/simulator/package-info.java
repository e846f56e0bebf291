/** A port world that writes the messages which carriers, terminals and customs would send. */
@org.jspecify.annotations.NullMarked
package tongguan.simulator;
