/** The composition root and the verbs of the command line. */
@org.jspecify.annotations.NullMarked
package tongguan;
