@org.jspecify.annotations.NullMarked
package tongguan.field;
