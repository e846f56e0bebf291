/** The numbers by which customs knows things, each in its canonical form. */
@org.jspecify.annotations.NullMarked
package tongguan.record.key;
