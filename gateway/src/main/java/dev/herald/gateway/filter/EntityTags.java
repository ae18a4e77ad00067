package dev.herald.gateway.filter;

/** Entity tags of compressed responses: {@code "7"} becomes {@code "7-gzip"} (RFC 9110, section 8.8.3.3). */
final class EntityTags {

    private static final String SUFFIX = "-gzip\"";

    private EntityTags() {}

    static String compressed(String tag) {
        return tag.endsWith("\"") && !tag.endsWith(SUFFIX) ? tag.substring(0, tag.length() - 1) + SUFFIX : tag;
    }

    static boolean areCompressed(String tags) {
        return tags.contains(SUFFIX);
    }

    static String uncompressed(String tags) {
        return tags.replace(SUFFIX, "\"");
    }
}
