/**
 * Photos of goods: uploaded in pieces from the field, known by their hash, shown to who may see the
 * declaration.
 */
@org.jspecify.annotations.NullMarked
package tongguan.photo;
