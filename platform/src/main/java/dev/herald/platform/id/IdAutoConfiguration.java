package dev.herald.platform.id;

import com.fasterxml.uuid.Generators;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.util.IdGenerator;
import org.springframework.validation.Validator;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;

@AutoConfiguration
class IdAutoConfiguration {

    /** UUIDv7 (RFC 9562): sorts by creation, and so keeps B-tree inserts at the right edge. */
    @Bean
    @ConditionalOnMissingBean
    IdGenerator timeOrderedIds() {
        return Generators.timeBasedEpochRandomGenerator()::generate;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        @ConditionalOnMissingBean
        ConfigurableWebBindingInitializer strictUuids(
                FormattingConversionService mvcConversionService, Validator mvcValidator) {
            ConfigurableWebBindingInitializer bindings = new ConfigurableWebBindingInitializer();
            bindings.setConversionService(mvcConversionService);
            bindings.setValidator(mvcValidator);
            bindings.setPropertyEditorRegistrar(CanonicalUuidEditor.REGISTRAR);
            return bindings;
        }
    }
}
