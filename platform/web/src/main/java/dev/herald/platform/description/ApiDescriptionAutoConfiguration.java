package dev.herald.platform.description;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.security.SecuritySettings;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.autoconfigure.WebMvcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

@AutoConfiguration
@ConditionalOnClass({SpringDocConfiguration.class, WebMvcProperties.class})
@Lazy
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ApiDescriptionAutoConfiguration {

    static {
        // Else springdoc describes it as a parameter of the query.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Preconditions.class);
    }

    @Bean
    static OnDemand springdocOnDemand() {
        return new OnDemand();
    }

    @Bean
    @ConditionalOnMissingBean
    VersionHeader versionHeader(ObjectProvider<WebMvcProperties> mvc) {
        return VersionHeader.of(mvc.getIfAvailable(WebMvcProperties::new).getApiversion());
    }

    @Bean
    Vocabulary apiVocabulary() {
        return new Vocabulary();
    }

    @Bean
    @ConditionalOnMissingBean(name = "operationDescription")
    OperationCustomizer operationDescription(VersionHeader version, Vocabulary vocabulary) {
        return new OperationDescription(version, vocabulary);
    }

    @Bean
    @ConditionalOnMissingBean(name = "serviceDescription")
    OpenApiCustomizer serviceDescription(
            Environment environment,
            ObjectProvider<SecuritySettings> security,
            ProblemCatalog catalog,
            VersionHeader version,
            Vocabulary vocabulary) {
        return new ServiceDescription(
                environment, security, new ProblemResponses(catalog, vocabulary), version, vocabulary);
    }

    @Bean
    @ConditionalOnMissingBean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
