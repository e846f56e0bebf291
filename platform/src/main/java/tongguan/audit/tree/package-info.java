/** Merkle trees (RFC 6962): hashes, roots and proofs, and nothing of what is in the leaves. */
@org.jspecify.annotations.NullMarked
package tongguan.audit.tree;
