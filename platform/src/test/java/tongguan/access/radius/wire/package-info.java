@org.jspecify.annotations.NullMarked
package tongguan.access.radius.wire;
