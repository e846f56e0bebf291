/** The gate: who may send which request. One place decides. */
@org.jspecify.annotations.NullMarked
package tongguan.access;
