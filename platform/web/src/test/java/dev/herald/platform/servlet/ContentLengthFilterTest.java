package dev.herald.platform.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ContentLengthFilterTest {

    @Test
    void haveTheirLengthHoweverTheyWereWritten() throws ServletException, IOException {
        MockHttpServletResponse answer = new MockHttpServletResponse();

        new ContentLengthFilter().doFilter(new MockHttpServletRequest(), answer, (request, response) -> {
            response.getOutputStream().print("{");
            response.flushBuffer();
            assertThat(answer.isCommitted()).isFalse();
            response.getOutputStream().print("}");
        });

        assertThat(answer.getContentAsString()).isEqualTo("{}");
        assertThat(answer.getContentLength()).isEqualTo(2);
    }

    @Test
    void haveItWhenTheyAreWrittenByAnotherThreadLater() throws Exception {
        MockMvc http = MockMvcBuilders.standaloneSetup(new Later())
                .addFilters(new ContentLengthFilter())
                .build();

        MvcResult begun = http.perform(get("/later")).andReturn();

        assertThat(begun.getResponse().isCommitted()).isFalse();
        http.perform(asyncDispatch(begun))
                .andExpect(content().string("done"))
                .andExpect(header().longValue("Content-Length", 4));
    }

    @RestController
    static class Later {

        @GetMapping("/later")
        Callable<String> later() {
            return () -> "done";
        }
    }
}
