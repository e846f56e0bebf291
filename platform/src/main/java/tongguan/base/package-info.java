/**
 * The ground floor: database, HTTP, JSON, problems, ids and settings. Nothing of customs lives
 * here.
 */
@org.jspecify.annotations.NullMarked
package tongguan.base;
