package dev.herald.gateway.problem;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/** Renders {@code `code`} in a text of the problem catalogue as a {@code code} element. */
public final class InlineCode implements Mustache.Lambda {

    /** Mustache has already escaped the backticks. */
    private static final Pattern CODE = Pattern.compile("&#x60;(.*?)&#x60;");

    @Override
    public void execute(Template.Fragment text, Writer out) throws IOException {
        out.write(CODE.matcher(text.execute()).replaceAll("<code>$1</code>"));
    }
}
