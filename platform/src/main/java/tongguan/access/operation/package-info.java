/** Changes that an officer confirms one by one, and those that need a second person. */
@org.jspecify.annotations.NullMarked
package tongguan.access.operation;
