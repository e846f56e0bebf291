/** The core systems that own the data, behind one contract. */
@org.jspecify.annotations.NullMarked
package tongguan.core;
