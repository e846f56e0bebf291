@org.jspecify.annotations.NullMarked
package tongguan.inspection;
