/** Officers whose passwords the agency's own directory proves. */
@org.jspecify.annotations.NullMarked
package tongguan.identity.directory;
