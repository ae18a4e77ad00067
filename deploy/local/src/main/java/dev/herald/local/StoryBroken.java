package dev.herald.local;

/** The story did not go on as it should. */
final class StoryBroken extends Failure {

    StoryBroken(String sentence) {
        super(sentence);
    }
}
