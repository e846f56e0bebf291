/** Codes and their names: districts, offices, declaration kinds, ports, steps. Data, not code. */
@org.jspecify.annotations.NullMarked
package tongguan.reference;
