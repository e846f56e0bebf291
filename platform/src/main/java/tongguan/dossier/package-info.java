/**
 * The circular query (循環式查詢): one number in, the whole clearance picture out, everything in it a
 * link.
 */
@org.jspecify.annotations.NullMarked
package tongguan.dossier;
