/** Officers: where they work, how they get in, what holds while they are in. */
@org.jspecify.annotations.NullMarked
package tongguan.identity;
