@org.jspecify.annotations.NullMarked
package tongguan.fleet.authority;
