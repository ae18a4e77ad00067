package dev.herald.platform.parameter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.validation.Validator;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ParameterAutoConfiguration {

    @Bean
    WebMvcConfigurer parameterRule() {
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry formatters) {
                formatters.addConverter(new InstantParameter());
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new ParameterRule());
            }
        };
    }

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
