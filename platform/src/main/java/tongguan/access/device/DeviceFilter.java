package tongguan.access.device;

import org.jspecify.annotations.Nullable;

/**
 * Which devices or SIMs are asked for; {@code district} is what the asker may see, null for all.
 */
record DeviceFilter(
    String after,
    @Nullable String unit,
    @Nullable String state,
    @Nullable String kind,
    @Nullable String words,
    @Nullable String district) {}
