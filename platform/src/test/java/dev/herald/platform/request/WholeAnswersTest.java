package dev.herald.platform.request;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class WholeAnswersTest {

    @Test
    void haveTheirLengthHoweverTheyWereWritten() throws ServletException, IOException {
        MockHttpServletResponse answer = new MockHttpServletResponse();

        new WholeAnswers().doFilter(new MockHttpServletRequest(), answer, (request, response) -> {
            response.getOutputStream().print("{");
            response.flushBuffer();
            assertThat(answer.isCommitted()).isFalse();
            response.getOutputStream().print("}");
        });

        assertThat(answer.getContentAsString()).isEqualTo("{}");
        assertThat(answer.getContentLength()).isEqualTo(2);
    }
}
