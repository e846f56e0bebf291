package tongguan.identity;

import org.jspecify.annotations.Nullable;

/** Which accounts are asked for; {@code district} is what the asker may see, null for all. */
public record AccountFilter(
    String after,
    @Nullable String words,
    @Nullable String unit,
    @Nullable String role,
    @Nullable String state,
    @Nullable String district) {}
