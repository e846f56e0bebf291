@org.jspecify.annotations.NullMarked
package tongguan.core;
