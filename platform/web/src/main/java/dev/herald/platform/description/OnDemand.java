package dev.herald.platform.description;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Leaves springdoc's beans, which insist on being made at the start ({@code @Lazy(false)}), until somebody asks for the
 * description: a second of processor time. Spring MVC finds their controller by its type, and makes it with all the others
 * for the first request.
 */
final class OnDemand implements BeanFactoryPostProcessor {

    private static final String SPRINGDOC = "org.springdoc.";
    private static final String CONTROLLER = "openApiResource";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!beans.containsBeanDefinition(CONTROLLER)) {
            return;
        }
        List<String> others = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            if (isSpringdocs(definition)) {
                definition.setLazyInit(true);
                others.add(name);
            }
        }
        others.remove(CONTROLLER);
        // Some of them are injected nowhere, and work by being made.
        beans.getBeanDefinition(CONTROLLER).setDependsOn(others.toArray(String[]::new));
    }

    private static boolean isSpringdocs(BeanDefinition definition) {
        String type = definition.getBeanClassName();
        return (type != null && type.startsWith(SPRINGDOC))
                || (definition instanceof AnnotatedBeanDefinition made
                        && made.getFactoryMethodMetadata() != null
                        && made.getFactoryMethodMetadata()
                                .getDeclaringClassName()
                                .startsWith(SPRINGDOC));
    }
}
