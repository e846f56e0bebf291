/**
 * The ground floor: limits, JSON, clocks, files that survive a power cut, and the tree of sysfs.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.base;
