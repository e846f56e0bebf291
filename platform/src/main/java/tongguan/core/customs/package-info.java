/** The customs administration system: tables and functions of its own PostgreSQL. */
@org.jspecify.annotations.NullMarked
package tongguan.core.customs;
